// Gives every file of the named folders to a target. Exit: 0 no fault, 1 fault or no file. After a crash the last line
// on stderr names the culprit.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "target.h"

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  std::vector<fs::path> files;
  for (int i = 1; i < argc; ++i) files.insert(files.end(), fs::directory_iterator(argv[i]), fs::directory_iterator());
  std::sort(files.begin(), files.end());  // a folder's order is the system's
  int faults = 0;
  for (const fs::path& path : files) {
    std::fprintf(stderr, "%s\n", path.u8string().c_str());
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::unique_ptr<uint8_t[]> exact(new uint8_t[bytes.size()]);
    std::copy(bytes.begin(), bytes.end(), exact.get());
    const std::string fault = file ? fuzz::Fault({exact.get(), bytes.size()}) : "cannot be read";
    if (fault.empty()) continue;
    std::fprintf(stderr, "FAULT: %s\n", fault.c_str());
    ++faults;
  }
  std::printf("%zu files, %d faults\n", files.size(), faults);
  return faults == 0 && !files.empty() ? 0 : 1;
}
