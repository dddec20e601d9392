void f(void)
{
    int a[2] = {1, 2};
    int b[2] = a; //~ ERROR FH1208
}
