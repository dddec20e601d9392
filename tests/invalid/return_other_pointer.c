int *f(char *p)
{
    return p; //~ ERROR FH1302
}
