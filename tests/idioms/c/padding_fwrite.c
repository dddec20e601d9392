/* Write structures with padding to a file and read them back. */
#include <stdio.h>
struct record { char kind; double weight; };
int main(void)
{
    struct record out, in;
    out.kind = 'k';
    out.weight = 2.5;
    FILE *f = tmpfile();
    if (!f) return 1;
    if (fwrite(&out, sizeof out, 1, f) != 1) return 2;
    if (fwrite(&out, sizeof out, 1, f) != 1) return 2;
    rewind(f);
#ifdef BUG
    if (fread(&in, sizeof in, 2, f) != 2) return 3; //~ BUG FH0102
#else
    if (fread(&in, sizeof in, 1, f) != 1) return 3;
#endif
    printf("%c %g\n", in.kind, in.weight);
    fclose(f);
    return 0;
}
