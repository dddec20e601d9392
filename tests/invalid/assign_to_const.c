void f(void)
{
    const int n = 1;
    n = 2; //~ ERROR FH1205
}
