void f(int a)
{
    (long)a = 3; //~ ERROR FH1205
}
