int *f(void)
{
    return &1; //~ ERROR FH1205
}
