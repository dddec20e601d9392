int f(int a)
{
    int a = 2; //~ ERROR FH1202
    return a;
}
