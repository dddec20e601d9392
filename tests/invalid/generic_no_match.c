int f(double d)
{
    return _Generic(d, int : 1, char : 2); //~ ERROR FH1203
}
