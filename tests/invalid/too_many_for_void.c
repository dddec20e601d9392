int g(void);
int f(void)
{
    return g(1); //~ ERROR FH1207
}
