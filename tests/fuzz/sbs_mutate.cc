// Mutated .sbs files against the parser.
#include "mutation_driver.h"
#include "parse_target.h"

int main(int argc, char** argv) { return fuzz::Drive(argc, argv, fuzz::CheckParse); }
