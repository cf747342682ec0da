"""native: the ctypes binding to the native library. Nothing is loaded at import."""
