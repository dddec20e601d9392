void f(int *p, int *q)
{
    p += q; //~ ERROR FH1204
}
