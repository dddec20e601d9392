int f(const int n)
{
    return ++n; //~ ERROR FH1205
}
