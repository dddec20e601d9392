#ifndef _FH_GETOPT_H
#define _FH_GETOPT_H

struct option { const char *name; int has_arg; int *flag; int val; };
#define no_argument 0
#define required_argument 1
#define optional_argument 2
extern char *optarg;
extern int optind, opterr, optopt;
extern int getopt(int __argc, char *const *__argv, const char *__options);
extern int getopt_long(int __argc, char *const *__argv, const char *__options, const struct option *__longs, int *__index);
extern int getopt_long_only(int __argc, char *const *__argv, const char *__options, const struct option *__longs, int *__index);

#endif
