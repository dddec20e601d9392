void f(void)
{
    goto nowhere; //~ ERROR FH1201
}
