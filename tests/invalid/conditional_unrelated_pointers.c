void f(int n, int *a, double *b)
{
    n ? a : b; //~ ERROR FH1302
}
