// Padding is set together with a member, however that is set; members themselves are not.
#include <stdio.h>
#include <string.h>

struct inner { int n; char tail; };
struct record {
    char kind;
    double weight;
    char name[5];
    struct inner in;
    unsigned flag : 3;
    long double wide;
    union { char c; short s; } u;
};

static void save(const void *p, size_t n)
{
    FILE *out = tmpfile();
    fwrite(p, n, 1, out); //~ ERROR FH0401
    fclose(out);
}

static struct inner make(void) { return (struct inner){1, 'm'}; }

int main(void)
{
    struct record by_stores, by_pointers;
    by_stores.kind = 'k';
    by_stores.weight = 2.5;
    for (int i = 0; i < 5; i++)
        by_stores.name[i] = 'n';
    by_stores.in = make();
    by_stores.flag = 3;
    by_stores.wide = 1.0L;
    by_stores.u.s = 1;
    save(&by_stores, sizeof by_stores);

    struct record *p = &by_pointers;
    memcpy(&p->kind, "k", 1);
    p->weight = 1;
    strcpy(p->name, "four");
    memcpy(&p->in.n, &by_stores.in.n, 4);
    memset(&p->in.tail, 0, 1);
    p->flag = 1;
    p->wide = 0;
    p->u.s = 1;
    save(p, sizeof *p);

    struct record bare;
    bare.kind = 'b';
    save(&bare, sizeof bare);
    return 0;
}
