int g(void);
int *f(void)
{
    return &g(); //~ ERROR FH1205
}
