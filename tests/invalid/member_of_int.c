int f(int x)
{
    return x.a; //~ ERROR FH1212
}
