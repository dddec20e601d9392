/* Constant tables of strings and structures. */
#include <stdio.h>
struct unit { const char *name; double factor; };
static const struct unit units[] = {{"mm", 0.001}, {"cm", 0.01}, {"m", 1.0}, {NULL, 0}};
int main(void)
{
    double sum = 0;
    for (const struct unit *u = units; u->name; u++)
        sum += u->factor;
    printf("%.3f\n", sum);
#ifdef BUG
    int i = 4;
    printf("%d\n", units[i].factor > 0); //~ BUG FH0104|FH0108
#endif
    return 0;
}
