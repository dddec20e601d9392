void f(void)
{
    extern int n = 1; //~ ERROR FH1211
}
