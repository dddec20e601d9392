void f(int *p, char *q)
{
    p = q; //~ ERROR FH1302
}
