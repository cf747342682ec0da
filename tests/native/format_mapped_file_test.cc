// Opening a file: what is not a readable, non-empty regular file ends in a sentence that names it.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "engine/format/mapped_file.h"

#if !defined(_WIN32)
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "check.h"

namespace facet {
namespace {

namespace fs = std::filesystem;

// A folder of this process, removed at the end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("facet-mapped-" + std::to_string(std::random_device()()));
  Folder() { fs::create_directories(path); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string Write(const std::string& name, const std::string& content) const {
    std::ofstream(path / name, std::ios::binary) << content;
    return (path / name).u8string();
  }
};

}  // namespace

TEST(the_bytes_of_a_file_are_mapped_whatever_its_name_and_size) {
  const Folder folder;
  for (const size_t size : {size_t{1}, size_t{4096}, size_t{4097}}) {
    const std::string content(size, 'x');
    const auto file = MappedFile::Open(folder.Write("gemma \xC3\xA4 \xE6\x97\xA5.sbs", content));
    CHECK_OK(file.status());
    CHECK_EQ(file.value()->bytes().size, size);
    CHECK(std::memcmp(file.value()->bytes().data, content.data(), size) == 0);
  }
}

TEST(a_mapping_outlives_the_removal_of_its_file) {
  const Folder folder;
  const std::string path = folder.Write("gone.sbs", "content");
  const auto file = MappedFile::Open(path);
  CHECK_OK(file.status());
  std::error_code refused;  // Windows keeps a mapped file
  fs::remove(path, refused);
  CHECK(std::memcmp(file.value()->bytes().data, "content", 7) == 0);
}

TEST(a_file_that_is_cut_short_in_use_is_noticed) {
#if defined(_WIN32)
  SKIP("Windows lets nobody shorten a mapped file");
#else
  const Folder folder;
  const std::string path = folder.Write("cut.sbs", std::string(9000, 'x'));
  const auto file = MappedFile::Open(path);
  CHECK_OK(file.status());
  CHECK_OK(file.value()->CheckSize());
  fs::resize_file(path, 20000);  // longer harms nobody
  CHECK_OK(file.value()->CheckSize());
  fs::resize_file(path, 5000);
  const Status status = file.value()->CheckSize();
  CHECK(status.code() == Code::kIoError);
  CHECK_CONTAINS(status.message(), "cut.sbs' became shorter while it was in use: 5000 bytes of 9000");
  fs::remove(path);  // another file of that name is none of ours
  folder.Write("cut.sbs", "y");
  CHECK(file.value()->CheckSize().message() == status.message());
#endif
}

TEST(what_does_not_exist_is_not_found) {
  const Folder folder;
  const std::string inside_a_file = folder.Write("file", "x") + "/model.sbs";
  for (const std::string& path : {(folder.path / "absent.sbs").u8string(), inside_a_file}) {
    const auto file = MappedFile::Open(path);
    CHECK_EQ(file.status().code(), Code::kNotFound);
    CHECK_CONTAINS(file.status().message(), "'" + path + "' does not exist");
  }
  CHECK_EQ(MappedFile::Open("").status().code(), Code::kNotFound);
  CHECK_EQ(MappedFile::Open(std::string("a\0b", 3)).status().code(), Code::kNotFound);
}

TEST(an_empty_file_is_a_bad_format) {
  const Folder folder;
  const auto file = MappedFile::Open(folder.Write("empty.sbs", ""));
  CHECK_EQ(file.status().code(), Code::kBadFormat);
  CHECK_CONTAINS(file.status().message(), "empty.sbs' has 0 bytes");
}

TEST(a_folder_is_called_a_folder) {
  const Folder folder;
  const auto file = MappedFile::Open(folder.path.u8string());
  CHECK_EQ(file.status().code(), Code::kIoError);
  CHECK_CONTAINS(file.status().message(), "is a folder");
}

#if !defined(_WIN32)

TEST(a_named_pipe_is_refused_without_waiting_for_its_writer) {
  const Folder folder;
  const std::string path = folder.path.u8string() + "/pipe";
  CHECK_EQ(mkfifo(path.c_str(), 0600), 0);
  const auto file = MappedFile::Open(path);
  CHECK_EQ(file.status().code(), Code::kIoError);
  CHECK_CONTAINS(file.status().message(), "not a regular file");
}

TEST(an_unreadable_file_says_that_permission_is_missing) {
  if (geteuid() == 0) SKIP("root may read every file");
  const Folder folder;
  const std::string path = folder.Write("secret.sbs", "x");
  CHECK_EQ(chmod(path.c_str(), 0), 0);
  const auto file = MappedFile::Open(path);
  CHECK_EQ(file.status().code(), Code::kIoError);
  CHECK_CONTAINS(file.status().message(), "cannot be opened: Permission denied");
}

#endif

}  // namespace facet
