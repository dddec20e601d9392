double f(double d)
{
    return d << 1; //~ ERROR FH1204
}
