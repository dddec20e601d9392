void f(int n, int *p)
{
    n = p; //~ ERROR FH1303
}
