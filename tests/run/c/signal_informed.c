// What a handler is told beside the signal's number is memory of the kernel: there while it runs.
#include <signal.h>
#include <stdio.h>
#include <string.h>

static siginfo_t *kept;
static int number, sender;

static void on_signal(int signal, siginfo_t *info, void *context) {
    ucontext_t *at = context;
    number = info->si_signo;
    sender = info->si_pid != 0 && at->uc_flags != ~0ul && signal == number;
    kept = info;
}

static void plain(int signal) { number = -signal; }

int main(void) {
    struct sigaction action, before;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("%d %d\n", number == SIGUSR1, sender);
    raise(SIGUSR1);
    action.sa_handler = plain;
    action.sa_flags = 0;
    sigaction(SIGUSR1, &action, &before);
    printf("%d\n", before.sa_sigaction == on_signal);
    raise(SIGUSR1);
    printf("%d\n", number == -SIGUSR1);
    return kept->si_signo - SIGUSR1; //~ ERROR FH0201
}
