void f(int *p)
{
    p = 5; //~ ERROR FH1303
}
