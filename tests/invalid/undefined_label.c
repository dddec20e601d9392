void f(void)
{
    goto nowhere; //~ ERROR FH1210
}
