#include <stdio.h>
struct S { int a, b[2]; };
struct T { struct S s; int z; };
struct S one = ((struct S){1, {2, 3}});
struct T two = {(const struct S){4, {5, 6}}, 7};
struct S rows[] = {((struct S){8, {9}}), (struct S){.b = {[1] = 10}}};
int list[] = (int[]){11, 12};
int x = (int){13};
struct U { int s[2]; int b; } u = {(int[2]){1, 2}, 3};
typedef struct {} none;
struct N { char a; none e; char b; } n = {{(1)}, (none){}, 022};
typedef struct s s;
struct s { struct s1 { int s; } s; } s2;
int main(void)
{
    static struct S inner = (struct S){14, {15, 16}};
    printf("%d %d %d %d\n", one.b[1], two.s.b[1], two.z, rows[1].b[1]);
    printf("%zu %d %d %d %d\n", sizeof list, list[1], x, inner.b[1], u.b);
    printf("%d %d\n", n.b, s2.s.s);
    return 0;
}
