void f(void)
{
    void v; //~ ERROR FH1211
}
