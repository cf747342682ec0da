# Sourced by the set-up scripts: finds the Python that the virtual environment is made from. Installs nothing.

# Prints the first interpreter that is Python 3.11 or newer; $PYTHON, when set, is the only candidate. Fails silently.
find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

say() {
    printf '\n== %s\n' "$*"
}
