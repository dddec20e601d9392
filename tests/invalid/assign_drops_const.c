void f(char *p, const char *q)
{
    p = q; //~ ERROR FH1302
}
