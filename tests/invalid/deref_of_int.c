int f(int n)
{
    return *n; //~ ERROR FH1204
}
