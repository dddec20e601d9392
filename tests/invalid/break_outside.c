void f(void)
{
    break; //~ ERROR FH1210
}
