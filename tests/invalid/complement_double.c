int f(double d)
{
    return ~d; //~ ERROR FH1204
}
