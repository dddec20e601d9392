long f(char *p)
{
    return ~p; //~ ERROR FH1204
}
