// gemma.cpp ends the process where it meets something unexpected. This leaves word of why before it does.
#ifndef FACET_ENGINE_GEMMACPP_ABORT_H_
#define FACET_ENGINE_GEMMACPP_ABORT_H_

namespace facet {

// Environment variable: path of the file that the record goes to. Read when the abort comes; unset = no file.
inline constexpr char kAbortFileVariable[] = "FACET_ABORT_FILE";

// Writes the record of docs/architecture.md, "When gemma.cpp aborts": to the file, replacing it, and to stderr.
void RecordAbort(const char* file, int line, const char* message);

// From now on, in this process, gemma.cpp's aborts go through RecordAbort, and its warnings to stderr when
// FACET_ABORT_FILE is set (somebody then reads this process's stderr), nowhere otherwise. Any thread, any number of
// times.
void InstallAbortHook();

}  // namespace facet

#endif  // FACET_ENGINE_GEMMACPP_ABORT_H_
