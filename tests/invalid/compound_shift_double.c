void f(double d)
{
    d <<= 1; //~ ERROR FH1204
}
