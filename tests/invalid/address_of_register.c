int *f(void)
{
    register int n = 0;
    return &n; //~ ERROR FH1204
}
