/* Streams: opening, moving data, positions, buffering, memory streams, pipes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *name(void)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/freehold-stdio-%d", (int)getpid());
    return path;
}

static void text(void)
{
    FILE *f = fopen(name(), "w+");
    int r = fputs("first\nsecond line\n", f);
    printf("%d\n", r >= 0);
    fprintf(f, "%d %s\n", 3, "third");
    fputc('x', f);
    putc('y', f);
    rewind(f);
    char line[32];
    while (fgets(line, sizeof line, f))
        printf("<%s>", line);
    printf("\n%d %d\n", feof(f) != 0, ferror(f));
    clearerr(f);
    rewind(f);
    while (fgets(line, 5, f))
        printf("<%s>", line);
    printf("\n");
    fseek(f, 6, SEEK_SET);
    printf("%c ", fgetc(f));
    printf("%ld\n", ftell(f));
    ungetc('Z', f);
    printf("%c\n", getc(f));
    fseek(f, -2, SEEK_END);
    for (int i = 0; i < 3; i++)
        printf("%d ", fgetc(f));
    printf("\n");
    fpos_t at;
    rewind(f);
    fgetc(f);
    fgetpos(f, &at);
    int c = fgetc(f);
    fsetpos(f, &at);
    printf("%d\n", c == fgetc(f));
    printf("%d\n", fileno(f) > 2);
    fclose(f);
    f = fopen(name(), "a");
    fputs("appended", f);
    fclose(f);
    f = fopen(name(), "r");
    fseek(f, 0, SEEK_END);
    printf("%ld\n", ftell(f));
    f = freopen(name(), "r", f);
    printf("%s", fgets(line, sizeof line, f));
    fclose(f);
    errno = 0;
    f = fopen("/no/such/file", "r");
    printf("%d %d\n", f == NULL, errno == ENOENT);
}

static void binary(void)
{
    FILE *f = fopen(name(), "wb");
    int numbers[] = {1, 2, 3, 4, 5}, back[8] = {0};
    printf("%zu\n", fwrite(numbers, sizeof *numbers, 5, f));
    fwrite("abc", 1, 3, f);
    fclose(f);
    f = fopen(name(), "rb");
    size_t n = fread(back, sizeof *back, 8, f);
    printf("%zu %d %d %d\n", n, back[0], back[4], feof(f) != 0);
    rewind(f);
    n = fread(back, 1, 6, f);
    printf("%zu %d\n", n, back[0]);
    printf("%zu\n", fread(back, 0, 5, f));
    fclose(f);
    printf("%d\n", remove(name()));
}

static void lines(void)
{
    FILE *f = tmpfile();
    fputs("short\na much longer line than the first one, to make the buffer grow a little further "
          "than it was, and then some more text to pass 120 characters\n\nlast:with:colons",
          f);
    rewind(f);
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    while ((n = getline(&line, &room, f)) != -1)
        printf("%zd %d [%.10s]\n", n, room >= (size_t)n + 1, line);
    rewind(f);
    int fields = 0;
    while (getdelim(&line, &room, ':', f) != -1)
        fields++;
    printf("%d\n", fields);
    free(line);
    fclose(f);
}

static void embedded(void)
{
    FILE *f = tmpfile();
    fwrite("a\0b\nrest", 1, 8, f);
    rewind(f);
    char line[16];
    memset(line, '#', sizeof line);
    printf("%d\n", fgets(line, sizeof line, f) == line);
    for (int i = 0; i < 6; i++)
        printf("%02x ", (unsigned char)line[i]);
    printf("%s\n", fgets(line, sizeof line, f));
    fclose(f);
}

static void in_memory(void)
{
    char buffer[32] = "10 20 thirty";
    int a, b;
    char word[16];
    FILE *f = fmemopen(buffer, strlen(buffer), "r");
    printf("%d", fscanf(f, "%d %d %15s", &a, &b, word));
    printf(" %d %d %s\n", a, b, word);
    fclose(f);
    f = fmemopen(buffer, sizeof buffer, "w");
    fprintf(f, "written %d", 5);
    fclose(f);
    printf("[%s]\n", buffer);
    char *made = NULL;
    size_t size = 0;
    f = open_memstream(&made, &size);
    fprintf(f, "hello");
    fflush(f);
    printf("%zu [%s]\n", size, made);
    for (int i = 0; i < 100; i++)
        fprintf(f, " %d", i);
    fclose(f);
    printf("%zu [%.20s] %zu\n", size, made, strlen(made));
    free(made);
}

static void buffers(void)
{
    static char space[1024];
    FILE *f = fopen(name(), "w");
    printf("%d\n", setvbuf(f, space, _IOFBF, sizeof space));
    fputs("buffered", f);
    fflush(f);
    fclose(f);
    f = fopen(name(), "w");
    printf("%d\n", setvbuf(f, NULL, _IONBF, 0));
    fputs("x", f);
    fclose(f);
    f = fopen(name(), "r+");
    setbuf(f, NULL);
    printf("%d\n", getc(f));
    fclose(f);
    unlink(name());
}

static void descriptors(void)
{
    int ends[2];
    char got[16] = "";
    if (pipe(ends))
        return;
    printf("%zd ", write(ends[1], "through", 7));
    printf("%zd ", read(ends[0], got, sizeof got));
    printf("[%s]\n", got);
    FILE *f = fdopen(ends[1], "w");
    fputs("by stream\n", f);
    fclose(f);
    printf("%zd\n", read(ends[0], got, sizeof got));
    close(ends[0]);
    printf("%d ", close(ends[0]));
    printf("%d\n", errno == EBADF);
    int fd = open(name(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    printf("%zd ", pwrite(fd, "0123456789", 10, 0));
    printf("%ld\n", (long)lseek(fd, 0, SEEK_END));
    printf("%zd ", pread(fd, got, 4, 3));
    printf("%.4s\n", got);
    int copy = dup(fd);
    printf("%d\n", copy != fd && fcntl(copy, F_GETFL) == fcntl(fd, F_GETFL));
    close(copy);
    close(fd);
    unlink(name());
    f = popen("echo from a pipe; exit 3", "r");
    printf("%s", fgets(got, sizeof got, f));
    printf("%d\n", WEXITSTATUS(pclose(f)));
}

static void input(void)
{
    char line[64];
    int c = getchar();
    ungetc(c, stdin);
    printf("%s", fgets(line, sizeof line, stdin));
    while ((c = getchar()) != EOF)
        putchar(c == '\n' ? '.' : c);
    puts("");
    perror("perror");
    fprintf(stderr, "to stderr\n");
    puts("end");
}

int main(void)
{
    text();
    binary();
    lines();
    embedded();
    in_memory();
    buffers();
    descriptors();
    input();
    return 0;
}
