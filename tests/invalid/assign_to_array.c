void f(void)
{
    int a[2], b[2] = {1, 2};
    a = b; //~ ERROR FH1205
}
