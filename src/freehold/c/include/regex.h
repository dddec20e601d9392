#ifndef _FH_REGEX_H
#define _FH_REGEX_H

typedef unsigned long size_t;

typedef int regoff_t;
typedef struct { regoff_t rm_so, rm_eo; } regmatch_t;
typedef struct { void *__buffer; unsigned long __allocated, __used, __syntax; char *__fastmap; unsigned char *__translate; size_t re_nsub; unsigned int __flags; } regex_t;
#define REG_EXTENDED 1
#define REG_ICASE 2
#define REG_NEWLINE 4
#define REG_NOSUB 8
#define REG_NOTBOL 1
#define REG_NOTEOL 2
#define REG_NOMATCH 1
extern int regcomp(regex_t *__to, const char *__pattern, int __flags);
extern int regexec(const regex_t *__regex, const char *__s, size_t __n, regmatch_t *__to, int __flags);
extern size_t regerror(int __code, const regex_t *__regex, char *__to, size_t __n);
extern void regfree(regex_t *__regex);
#define REG_ENOSYS (-1)
#define REG_NOERROR 0
#define RE_SYNTAX_EMACS 0
#define RE_BACKSLASH_ESCAPE_IN_LISTS 1u
#define REG_BADPAT 2
#define RE_BK_PLUS_QM 2u
#define REG_ECOLLATE 3
#define REG_ECTYPE 4
#define REG_STARTEND 4
#define RE_CHAR_CLASSES 4u
#define REG_EESCAPE 5
#define REG_ESUBREG 6
#define REG_EBRACK 7
#define REG_EPAREN 8
#define RE_CONTEXT_INDEP_ANCHORS 8u
#define REG_EBRACE 9
#define REG_BADBR 10
#define REG_ERANGE 11
#define REG_ESPACE 12
#define REG_BADRPT 13
#define REG_EEND 14
#define REG_ESIZE 15
#define REG_ERPAREN 16
#define RE_CONTEXT_INDEP_OPS 16u
#define RE_NREGS 30
#define RE_CONTEXT_INVALID_OPS 32u
#define RE_DOT_NEWLINE 64u
#define RE_DOT_NOT_NULL 128u
#define RE_HAT_LISTS_NOT_NEWLINE 256u
#define RE_INTERVALS 512u
#define RE_LIMITED_OPS 0x400u
#define RE_NEWLINE_ALT 0x800u
#define RE_NO_BK_BRACES 0x1000u
#define RE_NO_BK_PARENS 0x2000u
#define RE_NO_BK_REFS 0x4000u
#define RE_DUP_MAX 0x7fff
#define RE_NO_BK_VBAR 0x8000u
#define RE_NO_EMPTY_RANGES 0x10000u
#define RE_SYNTAX_POSIX_MINIMAL_BASIC 0x106c4u
#define RE_SYNTAX_GREP 0x10a46u
#define RE_UNMATCHED_RIGHT_PAREN_ORD 0x20000u
#define RE_SYNTAX_POSIX_EXTENDED 0x3b2fcu
#define RE_SYNTAX_POSIX_MINIMAL_EXTENDED 0x3f2ecu
#define RE_NO_POSIX_BACKTRACKING 0x40000u
#define RE_NO_GNU_OPS 0x80000u
#define RE_SYNTAX_AWK 0xbe0cdu
#define RE_DEBUG 0x100000u
#define RE_INVALID_INTERVAL_ORD 0x200000u
#define RE_SYNTAX_GNU_AWK 0x23b24du
#define RE_SYNTAX_EGREP 0x23ba5cu
#define RE_SYNTAX_POSIX_EGREP 0x23ba5cu
#define RE_SYNTAX_POSIX_AWK 0x2bb2fdu
#define RE_ICASE 0x400000u
#define RE_CARET_ANCHORS_HERE 0x800000u
#define RE_CONTEXT_INVALID_DUP 0x1000000u
#define RE_SYNTAX_ED 0x10102c6u
#define RE_SYNTAX_POSIX_BASIC 0x10102c6u
#define RE_SYNTAX_SED 0x10102c6u
#define RE_NO_SUB 0x2000000u

#endif
