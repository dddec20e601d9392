/* A member's address leads back to its structure. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#define container_of(p, type, member) ((type *)((char *)(p) - offsetof(type, member)))
struct link { struct link *next; };
struct job { int id; struct link link; };
int main(void)
{
    struct job *job = malloc(sizeof *job);
    if (!job) return 1;
    job->id = 7;
    job->link.next = NULL;
    struct link *link = &job->link;
    struct job *back = container_of(link, struct job, link);
#ifdef BUG
    back = (struct job *)((char *)link + sizeof *link);
#endif
    printf("%d\n", back->id); //~ BUG FH0106
    free(job);
    return 0;
}
