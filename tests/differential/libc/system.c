/* time.h, signal.h, locale.h, math.h pointers, dirent.h, stat, getopt, processes, and so on. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <getopt.h>
#include <glob.h>
#include <libgen.h>
#include <locale.h>
#include <math.h>
#include <poll.h>
#include <pwd.h>
#include <regex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void clocks(void)
{
    time_t t = 1000000000;
    struct tm tm, *p = gmtime(&t);
    char buffer[80];
    printf("%d-%d-%d %d:%d:%d %d %d %s\n", p->tm_year, p->tm_mon, p->tm_mday, p->tm_hour, p->tm_min,
           p->tm_sec, p->tm_wday, p->tm_yday, p->tm_zone);
    printf("%s", asctime(p));
    printf("%s", asctime_r(p, buffer));
    setenv("TZ", "UTC", 1);
    tzset();
    localtime_r(&t, &tm);
    printf("%ld %ld\n", (long)mktime(&tm), (long)timegm(&tm));
    printf("%s", ctime(&t));
    printf("%zu", strftime(buffer, sizeof buffer, "%Y-%m-%d %H:%M:%S %a %B %j", &tm));
    printf(" [%s]\n", buffer);
    printf("%zu\n", strftime(buffer, 5, "%Y-%m-%d", &tm));
    struct tm parsed;
    memset(&parsed, 0, sizeof parsed);
    const char *rest = strptime("2020-02-29 12:30 tail", "%Y-%m-%d %H:%M", &parsed);
    printf("%d %d %d %d %d [%s]\n", parsed.tm_year, parsed.tm_mon, parsed.tm_mday, parsed.tm_hour,
           parsed.tm_min, rest);
    struct tm partial;
    memset(&partial, 0, sizeof partial);
    partial.tm_year = 100;
    partial.tm_mon = 13;
    partial.tm_mday = 32;
    mktime(&partial);
    printf("%d %d %d %d\n", partial.tm_year, partial.tm_mon, partial.tm_mday, partial.tm_wday);
    struct timespec ts, res;
    struct timeval tv;
    printf("%d %d\n", clock_gettime(CLOCK_MONOTONIC, &ts), clock_getres(CLOCK_REALTIME, &res));
    printf("%d", gettimeofday(&tv, NULL));
    printf(" %d\n", tv.tv_usec < 1000000 && ts.tv_nsec < 1000000000);
    printf("%d %d %g\n", time(NULL) > 1000000000, clock() >= 0, difftime(10, 4));
}

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

static void signals(void)
{
    struct sigaction action, old;
    sigset_t set, before;
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    printf("%d\n", caught == SIGUSR1);
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR2, &action, &old);
    printf("%d\n", old.sa_handler == SIG_DFL);
    sigaction(SIGUSR2, NULL, &old);
    printf("%d\n", old.sa_handler == on_signal);
    kill(getpid(), SIGUSR2);
    printf("%d\n", caught == SIGUSR2);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    printf("%d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));
    sigprocmask(SIG_BLOCK, &set, &before);
    caught = 0;
    raise(SIGUSR1);
    printf("%d ", caught);
    sigprocmask(SIG_SETMASK, &before, NULL);
    printf("%d\n", caught == SIGUSR1);
    printf("%d\n", signal(SIGUSR1, SIG_IGN) == on_signal);
    raise(SIGUSR1);
    printf("%d\n", signal(SIGUSR1, SIG_DFL) == SIG_IGN);
    printf("%d\n", signal(SIGSEGV, SIG_DFL) == SIG_DFL);
    printf("%d\n", signal(9999, on_signal) == SIG_ERR);
}

static void numbers(void)
{
    int e, q, s;
    double whole, sine, cosine;
    float fraction = modff(2.75f, &(float){0});
    printf("%g", frexp(48.0, &e));
    printf(" %d\n", e);
    printf("%g", modf(-3.25, &whole));
    printf(" %g %g\n", whole, fraction);
    printf("%g", remquo(17, 5, &q));
    printf(" %d\n", q);
    sincos(0, &sine, &cosine);
    printf("%g %g %g", sine, cosine, lgamma_r(-0.5, &s));
    printf(" %d\n", s);
    printf("%.10g %.10g %.10g %.10g\n", sqrt(2), pow(2, 0.5), atan2(1, -1), hypot(3, 4));
    printf("%g %g %g %g %ld\n", floor(-1.5), ceil(-1.5), round(2.5), fmod(7, 3), lround(2.5));
    printf("%d %d %d %d\n", isnan(nan("")), isinf(INFINITY) != 0, signbit(-0.0) != 0,
           fpclassify(1.0) == FP_NORMAL);
    printf("%.6Lf %.6f\n", sqrtl(2.0L), sqrtf(2.0f));
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void files(void)
{
    char root[] = "/tmp/freehold-XXXXXX", path[64];
    struct stat status;
    printf("%d\n", mkdtemp(root) != NULL);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/file%d", root, i);
        FILE *f = fopen(path, "w");
        fprintf(f, "%0*d", 10 * (i + 1), i);
        fclose(f);
    }
    printf("%d", stat(path, &status));
    printf(" %ld %d\n", (long)status.st_size, S_ISREG(status.st_mode));
    printf("%d\n", stat("/no/such", &status));
    DIR *dir = opendir(root);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] == 'f';
    printf("%d\n", count);
    rewinddir(dir);
    printf("%d\n", readdir(dir) != NULL);
    closedir(dir);
    struct dirent **list;
    int n = scandir(root, &list, visible, alphasort);
    for (int i = 0; i < n; i++) {
        printf("%s ", list[i]->d_name);
        free(list[i]);
    }
    free(list);
    printf("%d\n", n);
    snprintf(path, sizeof path, "%s/f*", root);
    glob_t found;
    printf("%d", glob(path, 0, NULL, &found));
    printf(" %zu", found.gl_pathc);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        printf(" %s", strrchr(found.gl_pathv[i], '/'));
        unlink(found.gl_pathv[i]);
    }
    printf("\n");
    globfree(&found);
    char cwd[256], *made;
    printf("%d\n", chdir(root));
    printf("%d\n", getcwd(cwd, sizeof cwd) != NULL && !strcmp(cwd, root));
    made = getcwd(NULL, 0);
    printf("%d\n", !strcmp(made, root));
    free(made);
    printf("%d %d\n", access(".", F_OK), access("missing", F_OK));
    printf("%d\n", symlink("target", "link"));
    ssize_t length = readlink("link", path, sizeof path);
    printf("%zd %.*s\n", length, (int)length, path);
    unlink("link");
    chdir("/");
    printf("%d\n", rmdir(root));
    char one[] = "/usr/lib/x.so", two[] = "/usr/lib/";
    printf("%s", dirname(one));
    printf(" %s\n", basename(two));
    printf("%d %d\n", fnmatch("*.c", "a.c", 0), fnmatch("*.c", "a.h", 0) != 0);
}

static void processes(void)
{
    fflush(stdout);
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(5);
    printf("%d", waitpid(pid, &status, 0) == pid);
    printf(" %d\n", WEXITSTATUS(status));
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        execl("/bin/echo", "echo", "run", "by", "execl", (char *)NULL);
        _exit(1);
    }
    wait(&status);
    printf("%d\n", status);
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        char *argv[] = {"sh", "-c", "echo $X", NULL}, *env[] = {"X=from the environment", NULL};
        execve("/bin/sh", argv, env);
        _exit(1);
    }
    wait(NULL);
    int ends[2];
    char text[32];
    pipe(ends);
    struct iovec pieces[] = {{"one ", 4}, {"two", 3}};
    printf("%zd\n", writev(ends[1], pieces, 2));
    struct pollfd p = {.fd = ends[0], .events = POLLIN};
    printf("%d", poll(&p, 1, 0));
    printf(" %d\n", p.revents == POLLIN);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    struct timeval zero = {0, 0};
    printf("%d", select(ends[0] + 1, &set, NULL, NULL, &zero));
    printf(" %d\n", FD_ISSET(ends[0], &set) != 0);
    struct iovec parts[] = {{text, 3}, {text + 3, 10}};
    printf("%zd", readv(ends[0], parts, 2));
    printf(" [%.7s]\n", text);
    close(ends[0]);
    close(ends[1]);
    struct utsname names;
    printf("%d", uname(&names));
    printf(" %d\n", names.sysname[0] != 0);
    struct rusage usage;
    struct rlimit limit;
    printf("%d %d\n", getrusage(RUSAGE_SELF, &usage), getrlimit(RLIMIT_NOFILE, &limit));
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pages[0] = 'm';
    pages[8191] = 'n';
    printf("%c%c %d\n", pages[0], pages[8191], pages[100]);
    printf("%d\n", munmap(pages, 8192));
}

static void options(int argc, char **argv)
{
    static int flag;
    static const struct option longs[] = {
        {"all", no_argument, &flag, 7}, {"name", required_argument, NULL, 'n'}, {0, 0, 0, 0}};
    char *mine[] = {"prog", "file", "-a", "-bvalue", "--name=x", "--all", "-n", "y", "more", NULL};
    int c;
    while ((c = getopt(argc, argv, "ab")) != -1)
        printf("%c ", c);
    printf("%d %d\n", optind, argc);
    optind = 0;
    while ((c = getopt_long(9, mine, "ab:n:", longs, NULL)) != -1)
        printf("%c=%s ", c ? c : '0', optarg ? optarg : "-");
    printf("%d %d", flag, optind);
    for (int i = optind; i < 9; i++)
        printf(" %s", mine[i]);
    printf("\n");
}

static void others(void)
{
    struct lconv *conv = localeconv();
    printf("[%s] [%s] %s\n", conv->decimal_point, conv->thousands_sep, setlocale(LC_ALL, NULL));
    regex_t regex;
    regmatch_t match[2];
    printf("%d", regcomp(&regex, "b(.)d", REG_EXTENDED));
    printf(" %d", regexec(&regex, "abcde", 2, match, 0));
    printf(" %d %d %d\n", (int)match[0].rm_so, (int)match[1].rm_so, (int)match[1].rm_eo);
    char message[64];
    regerror(REG_NOMATCH, &regex, message, sizeof message);
    printf("%s\n", message);
    regfree(&regex);
    struct in_addr address;
    char text[INET_ADDRSTRLEN];
    printf("%d", inet_pton(AF_INET, "127.0.0.1", &address));
    printf(" %s %s\n", inet_ntop(AF_INET, &address, text, sizeof text), inet_ntoa(address));
    struct passwd *user = getpwuid(0);
    printf("%s %s\n", user->pw_name, user->pw_dir);
    printf("%d\n", gethostname(message, sizeof message));
    errno = 0;
    assert(errno == 0);
}

static jmp_buf place;

static void jumps(void)
{
    volatile int n = 0;
    int r = setjmp(place);
    printf("%d %d\n", r, n);
    n++;
    if (n < 3)
        longjmp(place, n);
}

int main(int argc, char **argv)
{
    clocks();
    signals();
    numbers();
    files();
    processes();
    options(argc, argv);
    others();
    jumps();
    return 0;
}
