#include "mutation_driver.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#if !defined(_WIN32)
#include <sys/resource.h>
#endif

#include "sbs_builder.h"

namespace fuzz {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FACET_UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FACET_UNDER_SANITIZER 1
#endif
#endif

// A sanitizer reserves terabytes of address space for itself, hence its own option (CMakeLists.txt) there.
void LimitMemory() {
#if !defined(FACET_UNDER_SANITIZER) && !defined(_WIN32)
  constexpr rlim_t kBytes = rlim_t{1} << 30;
  const rlimit limit = {kBytes, kBytes};
  if (setrlimit(RLIMIT_AS, &limit) != 0) std::fprintf(stderr, "memory is not limited: setrlimit failed\n");
#endif
}

bool Load(const fs::path& path, Bytes* out) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  out->assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  return true;
}

int Usage(const char* program) {
  std::fprintf(stderr, "usage: %s [--count N] [--mutant N] FILE...\n       %s --replay FILE|FOLDER...\n", program,
               program);
  return 2;
}

struct Named {
  std::string name;
  Bytes bytes;
};

bool LoadAll(const std::vector<std::string>& paths, std::vector<Named>* out) {
  for (const std::string& path : paths) {
    std::vector<fs::path> files = {path};
    if (fs::is_directory(path)) files.assign(fs::directory_iterator(path), fs::directory_iterator());
    std::sort(files.begin(), files.end());  // a folder's order is the system's
    for (const fs::path& file : files) {
      out->push_back({file.filename().u8string(), {}});
      if (Load(file, &out->back().bytes)) continue;
      std::fprintf(stderr, "cannot read %s\n", file.u8string().c_str());
      return false;
    }
  }
  return true;
}

// The line on stderr comes first: after a crash it is all there is.
bool Run(const std::string& name, const Bytes& file, Target target, size_t* accepted) {
  std::fprintf(stderr, "%s, %zu bytes\n", name.c_str(), file.size());
  const Verdict verdict = target(file);
  *accepted += verdict.accepted;
  if (verdict.fault.empty()) return true;
  std::fprintf(stderr, "FAULT: %s\n", verdict.fault.c_str());
  return false;
}

}  // namespace

int Drive(int argc, char** argv, Target target) {
  uint64_t begin = 0, end = 2000;
  bool replay = false, save = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--replay") {
      replay = true;
    } else if ((argument == "--count" || argument == "--mutant") && i + 1 < argc) {
      const uint64_t number = std::strtoull(argv[++i], nullptr, 10);
      save = argument == "--mutant";
      begin = save ? number : 0;
      end = save ? number + 1 : number;
    } else if (argument.empty() || argument[0] == '-') {
      return Usage(argv[0]);
    } else {
      paths.push_back(argument);
    }
  }
  if (paths.empty()) return Usage(argv[0]);

  std::vector<Named> files;
  if (!LoadAll(paths, &files)) return 2;
  LimitMemory();
  size_t ran = 0, accepted = 0, faults = 0;
  if (replay) {
    for (const Named& file : files) {
      ++ran;
      faults += !Run(file.name, file.bytes, target, &accepted);
    }
  } else {
    const sbs::Model model;
    files.push_back({"built-in V1", sbs::WriteV1(model.Blobs())});
    files.push_back({"built-in V2", sbs::WriteV2(model.Blobs())});
    std::vector<SbsMutator> mutators;
    for (const Named& file : files) mutators.emplace_back(file.bytes);
    for (uint64_t number = begin; number < end; ++number) {
      const size_t which = static_cast<size_t>(number % files.size());
      const Bytes mutant = mutators[which].Mutant(number);
      if (save) {
        std::ofstream("mutant-" + std::to_string(number) + ".sbs", std::ios::binary)
            .write(reinterpret_cast<const char*>(mutant.data()), static_cast<std::streamsize>(mutant.size()));
      }
      ++ran;
      faults += !Run("mutant " + std::to_string(number) + " of " + files[which].name, mutant, target, &accepted);
    }
  }
  std::printf("%zu files, %zu accepted, %zu faults\n", ran, accepted, faults);
  return faults == 0 && ran > 0 ? 0 : 1;
}

}  // namespace fuzz
