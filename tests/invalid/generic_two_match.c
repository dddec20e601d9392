int f(int d)
{
    return _Generic(d, int : 1, signed : 2); //~ ERROR FH1203
}
