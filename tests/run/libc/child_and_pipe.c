// What the parent opened is no duty of the child's; what the child opens itself is.
// exit: 1
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2], status;
    char said[16] = "";
    FILE *kept = fopen("/dev/null", "w");
    if (kept == NULL || pipe(ends) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        int own = open("/dev/null", O_RDONLY); //~ WARN FH0805
        if (own >= 0)
            write(ends[1], "hello", 5);
        _exit(7);
    }
    close(ends[1]);
    read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    waitpid(child, &status, 0);
    printf("child said: %s, and ended with %d\n", said, WEXITSTATUS(status));
    fclose(kept);
    return 0;
}
