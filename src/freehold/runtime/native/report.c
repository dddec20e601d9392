/* The channel to the parent: one datagram a record, and a byte back once it has been printed. */
#include "fh_core.h"

#define FINDINGS 4096u /* power of two; past half of it nothing new is reported */
#define COUNTED 3072u

struct finding {
    u64 key;
    u64 count;
    u32 number;
    u32 pad;
};

struct cause { /* of several findings; the key of the first */
    u64 cause;
    u64 key;
};

u64 fh_findings, fh_faults, fh_consequences;

static i32 channel = -1;
static u64 caused;
static struct finding findings[FINDINGS];
static struct cause causes[FINDINGS];

/* ------------------------------------------------------------------------------ messages */

void fh_message_start(struct fh_message *m, u32 kind, u32 code)
{
    if (kind != FH_R_FAULT)
        fh_tell_left();
    memset(&m->record, 0, sizeof m->record);
    m->record.version = FH_VERSION;
    m->record.kind = kind;
    m->record.code = code;
    m->record.pid = (u32)getpid();
    m->record.count = 1;
    m->used = 0;
}

void fh_message_stack(struct fh_message *m, enum fh_which which, const u64 *frames, u32 n)
{
    (&m->record.frames.access)[which] = n;
    for (u32 i = 0; i < n; i++)
        m->words[m->used++] = frames[i];
}

void fh_message_stack_id(struct fh_message *m, enum fh_which which, u32 id)
{
    const u64 *frames = 0;
    u32 n = fh_stack_of(id, &frames);
    fh_message_stack(m, which, frames, n);
}

void fh_message_walk(struct fh_message *m, const void *frame)
{
    u64 frames[FH_STACK_LIMIT];
    fh_message_stack(m, FH_W_ACCESS, frames, fh_walk(frames, FH_STACK_LIMIT, frame));
}

void fh_message_text(struct fh_message *m, const char *text)
{
    u8 *bytes = (u8 *)(m->words + m->used) + m->record.text;
    u64 room = sizeof m->words - m->used * 8 - m->record.text;
    u64 n = strlen(text) + 1;
    if (n > room)
        n = room;
    memcpy(bytes, text, n);
    m->record.text += (u32)n;
}

static void await_answer(void)
{
    u8 byte;
    while (recv(channel, &byte, 1, 0) < 0 && *__errno_location() == SYS_EINTR)
        continue;
}

void fh_message_send(struct fh_message *m, int wait)
{
    u64 n = sizeof m->record + m->used * 8 + m->record.text;
    int saved = *__errno_location();
    long sent;
    if (channel < 0)
        return;
    do
        sent = send(channel, &m->record, n, SYS_MSG_NOSIGNAL);
    while (sent < 0 && *__errno_location() == SYS_EINTR);
    if (sent >= 0 && wait)
        await_answer();
    *__errno_location() = saved;
}

/* ------------------------------------------------------------------------------ the channel */

void fh_channel_open(i32 fd)
{
    i32 high = 19999;
    channel = -1;
    for (; channel < 0 && high >= 255; high /= 2)
        channel = fcntl(fd, SYS_F_DUPFD_CLOEXEC, high);
    if (channel < 0)
        channel = fd;
    else
        close(fd);
}

int fh_own_fd(i32 fd) { return fd == channel; }

/* A new process makes a socket pair of its own, and sends one end along the old channel. */
int fh_channel_fork(void)
{
    fh_tracing = 0;
    i32 pair[2];
    struct fh_message m;
    if (socketpair(SYS_AF_UNIX, SYS_SOCK_SEQPACKET | SYS_SOCK_CLOEXEC, 0, pair) < 0)
        return -1;
    fh_message_start(&m, FH_R_FORK, 0);
    struct sys_rights rights = {20, SYS_SOL_SOCKET, SYS_SCM_RIGHTS, pair[1], 0};
    struct sys_iovec vector = {&m.record, sizeof m.record};
    struct sys_msghdr header = {0, 0, 0, &vector, 1, &rights, sizeof rights, 0, 0};
    sendmsg(channel, &header, SYS_MSG_NOSIGNAL);
    close(pair[1]);
    close(channel);
    fh_channel_open(pair[0]);
    return 0;
}

/* ------------------------------------------------------------------------------ findings */

static struct finding *find(u64 key)
{
    u64 at = (key * 0x9e3779b97f4a7c15ul) >> 52;
    while (findings[at].count && findings[at].key != key)
        at = (at + 1) % FINDINGS;
    return &findings[at];
}

int fh_finding(u64 key, u32 *number)
{
    struct finding *finding = find(key);
    fh_faults++;
    if (finding->count++) {
        *number = finding->number;
        return 0;
    }
    if (fh_findings >= COUNTED) {
        finding->count = 0;
        return 0;
    }
    finding->key = key;
    if (fh_tracing)
        fh_trace_fault((u32)fh_findings + 1);
    *number = finding->number = (u32)++fh_findings;
    return fh_findings <= fh_config.fault_limit;
}

/* The key of the finding to which a fault belongs: that of its place if there is one, or else of
 * the same cause; `remember` it as the cause's if there is neither. */
u64 fh_key_of_cause(u64 cause, u64 key, int remember)
{
    u64 at = (cause * 0x9e3779b97f4a7c15ul) >> 52;
    while (causes[at].cause && causes[at].cause != cause)
        at = (at + 1) % FINDINGS;
    if (causes[at].cause)
        return find(key)->count ? key : causes[at].key;
    if (remember && caused < COUNTED) {
        caused++;
        causes[at].cause = cause;
        causes[at].key = key;
    }
    return key;
}

void fh_finding_counts(void)
{
    struct fh_message m;
    for (u32 i = 0; i < FINDINGS; i++) {
        if (findings[i].count < 2)
            continue;
        fh_message_start(&m, FH_R_COUNT, 0);
        m.record.number = findings[i].number;
        m.record.count = findings[i].count;
        fh_message_send(&m, 0);
    }
}

u64 fh_place(u32 site, const void *frame)
{
    if (site)
        return site;
    const u64 *caller = fh_program_frame(frame);
    return caller ? caller[1] : 0;
}
