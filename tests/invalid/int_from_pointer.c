void f(int *p)
{
    int n = p; //~ ERROR FH1303
}
