int f(int n)
{
    return n(1); //~ ERROR FH1207
}
