void f(const char *p)
{
    *p = 0; //~ ERROR FH1205
}
