/* stdio.h without the printf and scanf families: streams have descriptors, so that their use after
 * fclose and their leak are seen. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "libc_support.h"

/* ------------------------------------------------------------------------------ open streams */

/* What is known of a stream besides that it is open. */
struct stream {
    FILE *fp; /* 0: a free place */
    u64 h;
    /* A buffer of the program's that the stream uses: setvbuf, fmemopen. */
    void *buffer;
    u64 buffer_h;
    /* open_memstream: libc's variables, and the program's. */
    char **variables; /* 0: not in memory */
    u64 unit;
    char **to;
    u64 to_h;
    size_t *to_n;
    u64 to_n_h;
};

static struct stream *streams; /* pointers into it do not last: it grows */
static u64 stream_count;

static struct stream *find_stream(const FILE *fp)
{
    for (u64 i = 0; i < stream_count; i++)
        if (streams[i].fp == fp)
            return &streams[i];
    return 0;
}

static struct stream *add_stream(FILE *fp, u64 h)
{
    struct stream *found = find_stream(0);
    if (!found) {
        struct stream *more = realloc(streams, (stream_count + 16) * sizeof *more);
        if (!more)
            return 0;
        memset(more + stream_count, 0, 16 * sizeof *more);
        streams = more;
        found = streams + stream_count;
        stream_count += 16;
    }
    memset(found, 0, sizeof *found);
    found->fp = fp;
    found->h = h;
    return found;
}

static struct fh_ptr opened(FILE *fp)
{
    u64 h = fp ? fh_register(fp, 1, FH_FILE) : FH_NULL_HANDLE;
    if (fp)
        add_stream(fp, h);
    return fl_ptr(fp, h);
}

/* The stream is closed: its descriptor dies. */
static void closed(FILE *fp, u64 h)
{
    struct stream *stream = find_stream(fp);
    u32 kind = FH_DESC(h)->kind;
    if (kind != FH_FILE && kind != FH_STATIC)
        h = fh_resolve(fp);
    if (FH_DESC(h)->kind == FH_FILE || FH_DESC(h)->kind == FH_STATIC)
        fh_unregister(h);
    if (stream)
        stream->fp = 0;
}

/* A stream that is about to move data: its buffer must still live. */
static int usable(FILE *fp, u64 h, const char *function)
{
    struct stream *stream;
    if (!fl_stream_named(fp, h, function))
        return 0;
    stream = find_stream(fp);
    if (stream && stream->buffer && !fh_ok(stream->buffer, stream->buffer_h, 1)) {
        fh_fault_write(stream->buffer, stream->buffer_h, 1, 0);
        stream->buffer = 0;
    }
    return 1;
}

/* What open_memstream has made goes to a heap block of the program's. */
static void sync_memory(FILE *fp)
{
    struct stream *stream = find_stream(fp);
    struct fh_ptr block;
    u64 bytes, n;
    if (!stream || !stream->variables || !fl_inout(stream->to, stream->to_h, sizeof(void *)) ||
        !fl_out(stream->to_n, stream->to_n_h, sizeof(size_t)))
        return;
    block = fl_load(stream->to);
    n = (u64)stream->variables[1];
    bytes = (n + 1) * stream->unit;
    block = fh_realloc(block.p, block.h, bytes);
    if (!block.p)
        return;
    memcpy(block.p, stream->variables[0], bytes);
    fl_wrote(block.p, bytes);
    fl_store(stream->to, block.p, block.h);
    *stream->to_n = n;
    fl_wrote(stream->to_n, sizeof(size_t));
}

/* -------------------------------------------------------------------------- opening, closing */

struct fh_ptr fhw_fopen(const char *path, u64 path_h, const char *mode, u64 mode_h)
{
    if (!fl_string((const void **)&path, path_h, 1) || !fl_string((const void **)&mode, mode_h, 1))
        return fl_refuse(), fl_ptr(0, 0);
    return opened(fopen(path, mode));
}

struct fh_ptr fhw_fdopen(int fd, const char *mode, u64 mode_h)
{
    FILE *fp;
    if (!fl_string((const void **)&mode, mode_h, 1))
        return fl_refuse(), fl_ptr(0, 0);
    fp = fdopen(fd, mode);
    if (fp)
        fh_fd_close(fd); /* the stream has it now */
    return opened(fp);
}

struct fh_ptr fhw_freopen(const char *path, u64 path_h, const char *mode, u64 mode_h, FILE *fp,
                          u64 fp_h)
{
    FILE *result;
    if ((path && !fl_string((const void **)&path, path_h, 1)) ||
        !fl_string((const void **)&mode, mode_h, 1) || !usable(fp, fp_h, FL_NAME))
        return fl_refuse(), fl_ptr(0, 0);
    result = freopen(path, mode, fp);
    if (!result)
        closed(fp, fp_h);
    return fl_ptr(result, fp_h);
}

struct fh_ptr fhw_tmpfile(void)
{
    return opened(tmpfile());
}

struct fh_ptr fhw_popen(const char *command, u64 command_h, const char *mode, u64 mode_h)
{
    if (!fl_string((const void **)&command, command_h, 1) ||
        !fl_string((const void **)&mode, mode_h, 1))
        return fl_refuse(), fl_ptr(0, 0);
    return opened(popen(command, mode));
}

struct fh_ptr fhw_fmemopen(void *to, u64 to_h, u64 n, const char *mode, u64 mode_h)
{
    struct fh_ptr result;
    struct stream *stream;
    if (!fl_string((const void **)&mode, mode_h, 1))
        return fl_refuse(), fl_ptr(0, 0);
    if (to) {
        int reads = mode[0] == 'r' && !strchr(mode, '+');
        u64 fits = reads ? fl_readable(to, to_h, n) : fl_writable(to, to_h, n);
        if (fits < n)
            return fl_refuse(), fl_ptr(0, 0);
    }
    result = opened(fmemopen(to, n, mode));
    stream = result.p ? find_stream(result.p) : 0;
    if (stream && to) {
        /* libc writes when it flushes: any byte may be one that it wrote. */
        if (mode[0] != 'r' || strchr(mode, '+'))
            fl_wrote(to, n);
        stream->buffer = to;
        stream->buffer_h = fh_owner(to_h);
        fh_keep(to);
    }
    return result;
}

static struct fh_ptr memory_stream(void *to, u64 to_h, size_t *n, u64 n_h, u64 unit)
{
    struct fh_ptr result;
    struct stream *stream;
    char **made;
    if (!fl_out(to, to_h, sizeof(void *)) || !fl_out(n, n_h, sizeof *n))
        return fl_refuse(), fl_ptr(0, 0);
    /* libc keeps the addresses of its variables: they must not move. */
    made = calloc(2, sizeof(void *));
    if (!made)
        return fl_ptr(0, 0);
    result = opened(unit == 1 ? open_memstream(made, (size_t *)(made + 1))
                              : open_wmemstream((wchar_t **)made, (size_t *)(made + 1)));
    stream = result.p ? find_stream(result.p) : 0;
    if (!stream)
        return result;
    fl_store(to, 0, 0);
    stream->unit = unit;
    stream->variables = made;
    stream->to = to;
    stream->to_h = fh_owner(to_h);
    stream->to_n = n;
    stream->to_n_h = fh_owner(n_h);
    return result;
}

struct fh_ptr fhw_open_memstream(char **to, u64 to_h, size_t *n, u64 n_h)
{
    return memory_stream(to, to_h, n, n_h, 1);
}

struct fh_ptr fhw_open_wmemstream(wchar_t **to, u64 to_h, size_t *n, u64 n_h)
{
    return memory_stream(to, to_h, n, n_h, sizeof(wchar_t));
}

int fhw_fclose(FILE *fp, u64 h)
{
    int fd;
    if (!usable(fp, h, FL_NAME))
        return EOF;
    fd = fileno(fp);
    fflush(fp);
    sync_memory(fp);
    closed(fp, h);
    if (fd >= 0)
        fh_fd_close(fd);
    return fclose(fp);
}

int fhw_pclose(FILE *fp, u64 h)
{
    if (!usable(fp, h, FL_NAME))
        return -1;
    closed(fp, h);
    return pclose(fp);
}

int fhw_fcloseall(void)
{
    for (u64 i = 0; i < stream_count; i++) {
        if (streams[i].fp) {
            fflush(streams[i].fp);
            sync_memory(streams[i].fp);
            closed(streams[i].fp, streams[i].h);
        }
    }
    return fcloseall();
}

/* ---------------------------------------------------------------------------------- buffering */

/* libc gets a buffer of its own, as large: the program's may die before the stream does, which is
 * reported when the stream is used. */
static int set_buffer(FILE *fp, u64 h, char *to, u64 to_h, int mode, u64 n, const char *function)
{
    struct stream *stream;
    if (!usable(fp, h, function))
        return -1;
    stream = find_stream(fp);
    if (!stream)
        stream = add_stream(fp, h);
    if (!to || mode == _IONBF || !stream) {
        if (stream)
            stream->buffer = 0;
        return setvbuf(fp, 0, mode, n);
    }
    if (fl_writable(to, to_h, n) < n)
        return -1;
    stream->buffer = to;
    stream->buffer_h = fh_owner(to_h);
    fh_keep(to);
    return setvbuf(fp, malloc(n), mode, n);
}

int fhw_setvbuf(FILE *fp, u64 h, char *to, u64 to_h, int mode, u64 n)
{
    return set_buffer(fp, h, to, to_h, mode, n, FL_NAME);
}

void fhw_setbuf(FILE *fp, u64 h, char *to, u64 to_h)
{
    set_buffer(fp, h, to, to_h, to ? _IOFBF : _IONBF, BUFSIZ, FL_NAME);
}

void fhw_setbuffer(FILE *fp, u64 h, char *to, u64 to_h, u64 n)
{
    set_buffer(fp, h, to, to_h, to ? _IOFBF : _IONBF, n, FL_NAME);
}

int fhw_fflush(FILE *fp, u64 h)
{
    int result;
    if (fp && !usable(fp, h, FL_NAME))
        return EOF;
    result = fflush(fp);
    if (fp) {
        sync_memory(fp);
        return result;
    }
    for (u64 i = 0; i < stream_count; i++)
        if (streams[i].fp)
            sync_memory(streams[i].fp);
    return result;
}

/* -------------------------------------------------------------------------------------- data */

/* size * n bytes; 0 after a report that this is no size. */
static int total(const char *function, u64 size, u64 n, u64 *bytes)
{
    *bytes = size * n;
    return fl_items(function, n, size);
}

u64 fhw_fread(void *to, u64 to_h, u64 size, u64 n, FILE *fp, u64 h)
{
    u64 bytes, got;
    void *place;
    if (!usable(fp, h, FL_NAME) || !total(FL_NAME, size, n, &bytes) || !bytes)
        return 0;
    place = fl_bounce(to, to_h, bytes);
    got = fread(place, 1, place == to ? bytes : fl_min(bytes, FL_BOUNCE), fp);
    fl_arrived(to, to_h, place, got);
    return got / size;
}

u64 fhw_fwrite(const void *from, u64 from_h, u64 size, u64 n, FILE *fp, u64 h)
{
    u64 bytes, good;
    if (!usable(fp, h, FL_NAME) || !total(FL_NAME, size, n, &bytes) || !bytes)
        return 0;
    good = fl_readable(from, from_h, bytes);
    fl_defined(from, from_h, good);
    return fwrite(from, 1, good, fp) / size;
}

/* How many characters fgets has stored in the n that all were '\n' before. */
static u64 line_length(const char *chunk, u64 n)
{
    const char *end = memchr(chunk, '\n', n);
    u64 at = end ? (u64)(end - chunk) : n;
    if (!end)
        return n - 1;
    return at + 1 < n && !chunk[at + 1] ? at + 1 : at - 1;
}

/* Reads a line of at most `limit` characters, in pieces, so that a NUL in it does no harm. */
static struct fh_ptr read_line(char *to, u64 to_h, u64 limit, FILE *fp)
{
    char chunk[512];
    u64 done = 0, fits = 0;
    int ended = 0;
    while (!ended && done < limit) {
        u64 want = fl_min(sizeof chunk, limit - done + 1), got;
        memset(chunk, '\n', sizeof chunk);
        if (!fgets(chunk, (int)want, fp)) {
            if (!done || ferror(fp))
                return fl_ptr(0, 0);
            break;
        }
        got = line_length(chunk, want);
        ended = got && chunk[got - 1] == '\n';
        if (fits == done) {
            /* With its NUL, which the next piece overwrites. */
            fits += fl_min(fl_writable(to + done, to_h, got + 1), got);
            memcpy(to + done, chunk, fits - done);
            fl_wrote(to + done, fits - done);
        }
        done += got;
    }
    if (fits == done ? fl_out(to + done, to_h, 1) : fits > 0) {
        if (fits < done)
            fits--;
        to[fits] = 0;
        fl_wrote(to + fits, 1);
    }
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_fgets(char *to, u64 to_h, int n, FILE *fp, u64 h)
{
    if (!usable(fp, h, FL_NAME) || n <= 0)
        return fl_ptr(0, 0);
    if (n == 1) {
        if (fl_out(to, to_h, 1)) {
            *to = 0;
            fl_wrote(to, 1);
        }
        return fl_ptr(to, to_h);
    }
    return read_line(to, to_h, (u64)n - 1, fp);
}

struct fh_ptr fhw_gets(char *to, u64 to_h)
{
    char *line = 0;
    size_t room = 0;
    ssize_t n = getline(&line, &room, stdin);
    if (n >= 0) {
        if (n && line[n - 1] == '\n')
            n--;
        fl_put(to, to_h, line, (u64)n, 1);
    }
    free(line);
    return n >= 0 ? fl_ptr(to, to_h) : fl_ptr(0, 0);
}

struct fh_ptr fhw_fgetws(wchar_t *to, u64 to_h, int n, FILE *fp, u64 h)
{
    u64 done = 0;
    if (!usable(fp, h, FL_NAME) || n <= 0)
        return fl_ptr(0, 0);
    while (done + 1 < (u64)n) {
        wint_t c = fgetwc(fp);
        if (c == WEOF) {
            if (!done || ferror(fp))
                return fl_ptr(0, 0);
            break;
        }
        if (fl_out(to + done, to_h, sizeof *to)) {
            to[done] = (wchar_t)c;
            fl_wrote(to + done, sizeof *to);
        }
        done++;
        if (c == L'\n')
            break;
    }
    if (fl_out(to + done, to_h, sizeof *to)) {
        to[done] = 0;
        fl_wrote(to + done, sizeof *to);
    }
    return fl_ptr(to, to_h);
}

/* The line grows in the program's heap, as glibc makes it grow. */
static i64 delimited(char **line, u64 line_h, size_t *n, u64 n_h, int end, FILE *fp)
{
    static char *read;
    static size_t read_room;
    struct fh_ptr block;
    u64 room, need;
    i64 got;
    if (!fl_inout(line, line_h, sizeof *line) || !fl_out(n, n_h, sizeof *n))
        return fl_refuse(), -1;
    block = fl_load(line);
    if (block.p)
        fl_defined(n, n_h, sizeof *n);
    room = block.p ? *n : 0;
    if (!room) {
        room = 120;
        block = fh_realloc(block.p, block.h, room);
        if (!block.p)
            return -1;
    }
    got = getdelim(&read, &read_room, end, fp);
    need = got >= 0 ? (u64)got + 1 : 0;
    if (need > room) {
        struct fh_ptr more = fh_realloc(block.p, block.h, need > 2 * room ? need : 2 * room);
        if (!more.p)
            return -1;
        block = more;
        room = need > 2 * room ? need : 2 * room;
    }
    fl_store(line, block.p, block.h);
    *n = room;
    fl_wrote(n, sizeof *n);
    if (got >= 0)
        fl_put(block.p, block.h, read, (u64)got, 1);
    return got;
}

i64 fhw_getdelim(char **line, u64 line_h, size_t *n, u64 n_h, int end, FILE *fp, u64 h)
{
    return usable(fp, h, FL_NAME) ? delimited(line, line_h, n, n_h, end, fp) : -1;
}

i64 fhw_getline(char **line, u64 line_h, size_t *n, u64 n_h, FILE *fp, u64 h)
{
    return usable(fp, h, FL_NAME) ? delimited(line, line_h, n, n_h, '\n', fp) : -1;
}

/* ------------------------------------------------------------------------------------- names */

struct fh_ptr fhw_tmpnam(char *to, u64 h)
{
    static char own[L_tmpnam];
    char name[L_tmpnam];
    const char *made = tmpnam(name);
    if (!made)
        return fl_ptr(0, 0);
    if (!to)
        return fl_own_text(strcpy(own, name));
    fl_put(to, h, name, strlen(name), 1);
    return fl_ptr(to, h);
}

struct fh_ptr fhw_tempnam(const char *dir, u64 dir_h, const char *prefix, u64 prefix_h)
{
    if ((dir && !fl_string((const void **)&dir, dir_h, 1)) ||
        (prefix && !fl_string((const void **)&prefix, prefix_h, 1)))
        return fl_refuse(), fl_ptr(0, 0);
    return fl_adopt_text(tempnam(dir, prefix));
}

struct fh_ptr fhw_ctermid(char *to, u64 h)
{
    const char *name = ctermid(0);
    if (!to)
        return fl_own_text(name);
    fl_put(to, h, name, strlen(name), 1);
    return fl_ptr(to, h);
}
