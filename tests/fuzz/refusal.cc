#include <algorithm>

#include "target.h"

namespace fuzz {
namespace {

constexpr size_t kLongestSentence = 500;

bool IsSentence(const std::string& text) {
  return !text.empty() && text.size() <= kLongestSentence &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

}  // namespace

std::string RefusalFault(const facet::Status& status) {
  if (status.code() != facet::Code::kBadFormat && status.code() != facet::Code::kUnsupported) {
    return "refused with code " + std::to_string(static_cast<int>(status.code()));
  }
  return IsSentence(status.message()) ? "" : "refused without a readable sentence: " + status.message();
}

}  // namespace fuzz
