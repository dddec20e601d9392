void f(int a, int b)
{
    (a ? a : b) = 3; //~ ERROR FH1205
}
