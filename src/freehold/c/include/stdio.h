#ifndef _FH_STDIO_H
#define _FH_STDIO_H

#include <bits/mbstate.h>
typedef unsigned long size_t;
typedef long ssize_t;
typedef long off_t;
typedef long off64_t;
typedef struct _IO_FILE FILE;
typedef struct _IO_FILE __FILE;
#undef NULL
#define NULL ((void *)0)

typedef __builtin_va_list va_list;
typedef struct { long __position; __mbstate_t __state; } fpos_t;
#define EOF (-1)
#define BUFSIZ 8192
#define FILENAME_MAX 4096
#define FOPEN_MAX 16
#define L_tmpnam 20
#define L_ctermid 9
#define TMP_MAX 238328
#define P_tmpdir "/tmp"
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
extern FILE *stdin, *stdout, *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
extern FILE *fopen(const char *__path, const char *__mode);
extern FILE *fopen64(const char *__path, const char *__mode);
extern FILE *fdopen(int __fd, const char *__mode);
extern FILE *freopen(const char *__path, const char *__mode, FILE *__fp);
extern FILE *tmpfile(void);
extern FILE *popen(const char *__command, const char *__mode);
extern FILE *fmemopen(void *__to, size_t __n, const char *__mode);
extern FILE *open_memstream(char **__to, size_t *__n);
extern int fclose(FILE *__fp);
extern int pclose(FILE *__fp);
extern int fcloseall(void);
extern int setvbuf(FILE *__fp, char *__to, int __mode, size_t __n);
extern void setbuf(FILE *__fp, char *__to);
extern void setbuffer(FILE *__fp, char *__to, size_t __n);
extern void setlinebuf(FILE *__fp);
extern int remove(const char *__path);
extern int rename(const char *__old, const char *__new);
extern int renameat(int __fd, const char *__old, int __to, const char *__new);
extern char *tmpnam(char *__to);
extern char *tempnam(const char *__dir, const char *__prefix);
extern char *ctermid(char *__to);
extern size_t fread(void *__to, size_t __size, size_t __n, FILE *__fp);
extern size_t fwrite(const void *__from, size_t __size, size_t __n, FILE *__fp);
extern size_t fread_unlocked(void *__to, size_t __size, size_t __n, FILE *__fp);
extern size_t fwrite_unlocked(const void *__from, size_t __size, size_t __n, FILE *__fp);
extern char *fgets(char *__to, int __n, FILE *__fp);
extern char *fgets_unlocked(char *__to, int __n, FILE *__fp);
extern char *gets(char *__to);
extern int fputs(const char *__s, FILE *__fp);
extern int fputs_unlocked(const char *__s, FILE *__fp);
extern int puts(const char *__s);
extern int fgetc(FILE *__fp);
extern int getc(FILE *__fp);
extern int getc_unlocked(FILE *__fp);
extern int fgetc_unlocked(FILE *__fp);
extern int feof(FILE *__fp);
extern int ferror(FILE *__fp);
extern int feof_unlocked(FILE *__fp);
extern int ferror_unlocked(FILE *__fp);
extern int fileno(FILE *__fp);
extern int fileno_unlocked(FILE *__fp);
extern int getw(FILE *__fp);
extern int ftrylockfile(FILE *__fp);
extern void clearerr(FILE *__fp);
extern void clearerr_unlocked(FILE *__fp);
extern void rewind(FILE *__fp);
extern void flockfile(FILE *__fp);
extern void funlockfile(FILE *__fp);
extern int fputc(int __c, FILE *__fp);
extern int putc(int __c, FILE *__fp);
extern int putc_unlocked(int __c, FILE *__fp);
extern int fputc_unlocked(int __c, FILE *__fp);
extern int ungetc(int __c, FILE *__fp);
extern int putw(int __c, FILE *__fp);
extern int getchar(void);
extern int getchar_unlocked(void);
extern int putchar(int __c);
extern int putchar_unlocked(int __c);
extern int fflush(FILE *__fp);
extern int fflush_unlocked(FILE *__fp);
extern int fseek(FILE *__fp, long __offset, int __whence);
extern int fseeko(FILE *__fp, off_t __offset, int __whence);
extern int fseeko64(FILE *__fp, off_t __offset, int __whence);
extern long ftell(FILE *__fp);
extern off_t ftello(FILE *__fp);
extern off_t ftello64(FILE *__fp);
extern int fgetpos(FILE *__fp, fpos_t *__at);
extern int fsetpos(FILE *__fp, const fpos_t *__at);
extern ssize_t getline(char **__line, size_t *__n, FILE *__fp);
extern ssize_t getdelim(char **__line, size_t *__n, int __end, FILE *__fp);
extern void perror(const char *__s);
extern int printf(const char *__format, ...);
extern int vprintf(const char *__format, va_list __ap);
extern int fprintf(FILE *__fp, const char *__format, ...);
extern int vfprintf(FILE *__fp, const char *__format, va_list __ap);
extern int dprintf(int __fd, const char *__format, ...);
extern int vdprintf(int __fd, const char *__format, va_list __ap);
extern int sprintf(char *__to, const char *__format, ...);
extern int vsprintf(char *__to, const char *__format, va_list __ap);
extern int snprintf(char *__to, size_t __n, const char *__format, ...);
extern int vsnprintf(char *__to, size_t __n, const char *__format, va_list __ap);
extern int asprintf(char **__to, const char *__format, ...);
extern int vasprintf(char **__to, const char *__format, va_list __ap);
extern int __asprintf_chk(char **__to, int __flag, const char *__format, ...);
extern int scanf(const char *__format, ...);
extern int vscanf(const char *__format, va_list __ap);
extern int fscanf(FILE *__fp, const char *__format, ...);
extern int vfscanf(FILE *__fp, const char *__format, va_list __ap);
extern int sscanf(const char *__s, const char *__format, ...);
extern int vsscanf(const char *__s, const char *__format, va_list __ap);
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#define SEEK_DATA 3
#define RENAME_WHITEOUT 4
#define SEEK_HOLE 4
#define L_cuserid 9

#endif
