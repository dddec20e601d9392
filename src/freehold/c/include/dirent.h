#ifndef _FH_DIRENT_H
#define _FH_DIRENT_H

#include <bits/types.h>

typedef struct __dirstream DIR;
struct dirent { ino_t d_ino; off_t d_off; unsigned short d_reclen; unsigned char d_type; char d_name[256]; };
#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12
extern DIR *opendir(const char *__path);
extern DIR *fdopendir(int __fd);
extern int closedir(DIR *__dir);
extern struct dirent *readdir(DIR *__dir);
extern int readdir_r(DIR *__dir, struct dirent *__to, struct dirent **__result);
extern void rewinddir(DIR *__dir);
extern void seekdir(DIR *__dir, long __at);
extern long telldir(DIR *__dir);
extern int dirfd(DIR *__dir);
extern int scandir(const char *__path, struct dirent ***__to, int (*__filter)(const struct dirent *), int (*__compare)(const struct dirent **, const struct dirent **));
extern int alphasort(const struct dirent **__a, const struct dirent **__b);
#define DT_WHT 14
#define MAXNAMLEN 255
#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(type) ((type) << 12)
#define d_fileno d_ino

#endif
